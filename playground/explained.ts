import type { FleetMachine, Question } from "./answer.js";
import type { Focus } from "./focus.js";

/**
 * What to explain when the cursor comes to a place: the same machine if the place is about it, else
 * the first that it is about.
 */
export function questionFor(
  machines: readonly FleetMachine[],
  focus: Focus,
  question: Question,
): Question {
  const present = machines.find(({ name }) => name === question.machine);
  const next =
    present && isAbout(focus, present)
      ? present
      : machines.find((machine) => isAbout(focus, machine));
  if (next === undefined) {
    return question;
  }
  const isShown =
    next === present &&
    (question.instance === "" || [undefined, question.instance].includes(focus.instance));
  return isShown ? question : { machine: next.name, instance: "" };
}

function isAbout(
  { machine, tag, instance, role }: Focus,
  { name, tags, roles }: FleetMachine,
): boolean {
  if (machine !== undefined) {
    return machine === name;
  }
  if (instance !== undefined) {
    return roles.some(
      (own) =>
        own.instance === instance &&
        (role === undefined || own.role === role) &&
        (tag === undefined || own.byTags.includes(tag)),
    );
  }
  return tag !== undefined && tags.includes(tag);
}
