import type { Range } from "../src/index.js";
import type { Question } from "./answer.js";
import type { Editor } from "./editor/editor.js";
import type { Session } from "./session.js";
import { narrow, type Side, shownSide, showSide } from "./sides.js";
import type { State } from "./state.js";

/** What Back and Forward lead to. */
export interface Place extends Pick<State, "view" | "question" | "active"> {
  /** What a narrow screen shows. */
  readonly side: Side;
}

/** The ways from one place of the page to another. */
export class Navigation {
  constructor(
    private readonly session: Session,
    private readonly editor: Editor,
  ) {}

  /** Goes to another place, from which Back leads back. */
  visit({ side = shownSide(), ...change }: Partial<Place>): void {
    history.replaceState(this.place, "");
    this.session.update(change);
    showSide(side, this.session.state.view);
    history.pushState(this.place, "");
  }

  /** Goes where Back or Forward leads; files may be gone since. */
  comeTo({ view, question, active, side }: Place): void {
    const last = this.session.state.files.length - 1;
    this.session.update({ view, question, active: Math.min(active, last) });
    showSide(side, view);
  }

  /** Explains a machine beside the fleet, or in a view of its own where there is no room. */
  choose(question: Question): void {
    if (matchMedia(narrow).matches && question.machine !== "") {
      return this.visit({ question, view: "explain" });
    }
    this.session.update({ question });
  }

  /** Selects a stretch of a file in the editor. */
  goTo({ source, start, end }: Range): void {
    const { files, active } = this.session.state;
    const index = files.findIndex(({ name }) => name === source);
    if (index < 0) {
      return;
    }
    document.body.classList.remove("view-only");
    if (matchMedia(narrow).matches && shownSide() === "result") {
      this.visit({ active: index, side: "source" });
    } else if (index !== active) {
      this.session.update({ active: index });
    }
    this.editor.select(start.offset, end.offset);
  }

  private get place(): Place {
    const { view, question, active } = this.session.state;
    return { view, question, active, side: shownSide() };
  }
}
