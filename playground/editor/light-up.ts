import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** Lights up these stretches, and no others. */
export const lightUp =
  StateEffect.define<readonly { readonly from: number; readonly to: number }[]>();

const mark = Decoration.mark({ class: "cm-lit" });

/** The stretches that are lit; an edit puts them out. */
export const highlight = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, { docChanged, effects }) {
    const effect = effects.find((effect) => effect.is(lightUp));
    if (effect !== undefined) {
      const stretches = (effect.value as { from: number; to: number }[]).filter(
        ({ from, to }) => from < to,
      );
      return Decoration.set(
        stretches.map(({ from, to }) => mark.range(from, to)),
        true,
      );
    }
    return docChanged ? Decoration.none : lit;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows of what kind these names are, by a hue for each. */
export const colourNames =
  StateEffect.define<
    readonly { readonly kind: string; readonly from: number; readonly to: number }[]
  >();

/** The names as they were found last, moved along with what is typed. */
export const nameColours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(names, { changes, effects, newDoc }) {
    const effect = effects.find((effect) => effect.is(colourNames));
    if (effect === undefined) {
      return names.map(changes);
    }
    const found = effect.value as readonly { kind: string; from: number; to: number }[];
    return Decoration.set(
      found
        .filter(({ from, to }) => from < to && to <= newDoc.length)
        .map(({ kind, from, to }) =>
          Decoration.mark({ class: `cm-name cm-name-${kind}` }).range(from, to),
        ),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});
