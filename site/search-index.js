/**
 * What the search of the site looks through: the sections of a rendered page, each with its address,
 * the title of its page and its words.
 */
export function sectionsOf(html, { address, title }) {
  const [, article] = /<article>(.*)<\/article>/s.exec(html);
  const parts = article.split(/<h[123] id="([^"]*)">(.*?)<\/h[123]>/s);
  const sections = [];
  for (let index = 1; index < parts.length; index += 3) {
    const [id, heading, body] = parts.slice(index, index + 3);
    // The first heading is the page's own.
    const anchor = index === 1 ? "" : `#${id}`;
    sections.push({
      address: address + anchor,
      page: title,
      heading: textOf(heading),
      text: textOf(body),
    });
  }
  return sections;
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function textOf(html) {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&([a-z]+|#39);/g, (entity, name) => entities[name] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}
