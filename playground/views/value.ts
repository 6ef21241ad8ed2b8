/** JSON on one line: line breaks stand only between values, because strings have them escaped. */
export function oneLine(json: string): string {
  return json
    .replace(/([[{])\n\s*/g, "$1")
    .replace(/\n\s*([\]}])/g, "$1")
    .replace(/\n\s*/g, " ");
}
