/**
 * Moves the focus in a list of tabs by arrows, Home and End; tabs are chosen as they are reached.
 */
export function watchTabs(list: HTMLElement): void {
  list.addEventListener("keydown", (event) => {
    const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")].filter(
      (tab) => tab.offsetParent !== null,
    );
    const at = tabs.indexOf(event.target as HTMLElement);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[
      event.key
    ];
    if (at < 0 || next === undefined) {
      return;
    }
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length]!;
    tab.focus();
    tab.click();
  });
}

/** Marks one tab as chosen: it alone can be reached by the Tab key. */
export function markTab(list: HTMLElement, isChosen: (tab: HTMLElement) => boolean): void {
  for (const tab of list.querySelectorAll<HTMLElement>("[role=tab]")) {
    tab.ariaSelected = String(isChosen(tab));
    tab.tabIndex = isChosen(tab) ? 0 : -1;
    if (isChosen(tab)) {
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}
