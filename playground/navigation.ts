import type { Range } from "../src/index.js";
import type { Question } from "./answer.js";
import type { Editor } from "./editor/editor.js";
import type { Session } from "./session.js";
import { narrow, showSide } from "./sides.js";
import type { State } from "./state.js";

/** What Back and Forward lead to. */
export type Place = Pick<State, "view" | "question" | "active">;

/** The ways from one place of the page to another. */
export class Navigation {
  constructor(
    private readonly session: Session,
    private readonly editor: Editor,
  ) {}

  /** Goes to another place, from which Back leads back. */
  visit(place: Partial<Place>): void {
    const { view, question, active } = this.session.state;
    history.replaceState({ view, question, active }, "");
    this.session.update(place);
    history.pushState({ view, question, active, ...place }, "");
  }

  /** Goes where Back or Forward leads; files may be gone since. */
  comeTo({ view, question, active }: Place): void {
    const last = this.session.state.files.length - 1;
    this.session.update({ view, question, active: Math.min(active, last) });
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
    const { files, active, view } = this.session.state;
    const index = files.findIndex(({ name }) => name === source);
    if (index < 0) {
      return;
    }
    if (index !== active) {
      this.session.update({ active: index });
    }
    document.body.classList.remove("view-only");
    showSide("source", view);
    this.editor.select(start.offset, end.offset);
  }
}
