/** JSON on one line: line breaks occur only between values, because strings escape them. */
export function oneLine(json: string): string {
  return json
    .replace(/([[{])\n\s*/g, "$1")
    .replace(/\n\s*([\]}])/g, "$1")
    .replace(/\n\s*/g, " ");
}
