/** One slip in JSON gives one finding, at its line, and each fix mends it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";
import { applyEdits } from "../src/text/text-edit.js";

const fleet = `{
  "meta": {
    "name": "home",
    "domain": "home.example"
  },
  "machines": {
    "laptop": {
      "tags": [
        "mobile",
        "backed-up"
      ],
      "deploy": {
        "targetHost": "root@laptop"
      }
    },
    "desktop": {
      "tags": [
        "office"
      ],
      "description": "the big one"
    },
    "backup-box": null
  },
  "values": {
    "night": "03:00"
  },
  "instances": {
    "borgbackup": {
      "roles": {
        "client": {
          "tags": {
            "backed-up": {
              "settings": {
                "exclude": [
                  "*.tmp",
                  "/home/cache"
                ],
                "startAt": {
                  "$value": "night"
                }
              }
            },
            "mobile": {}
          }
        },
        "server": {
          "machines": {
            "backup-box": {}
          }
        }
      }
    },
    "own": {
      "module": {
        "input": "self"
      },
      "roles": {
        "agent": {
          "tags": [
            "office"
          ],
          "settings": {
            "port": 9100,
            "ratio": 0.5,
            "enable": true
          }
        }
      }
    }
  }
}
`;
const lines = fleet.split("\n").slice(0, -1);

/** Other versions of a line, each with one mistake. */
const mistakes: { readonly [what: string]: (line: string) => readonly string[] } = {
  "a quote less": (line) => replaced(line, /"/g, ""),
  "a quote too many": (line) => replaced(line, /"/g, '""'),
  "a quote at the end": (line) => [`${line}"`, `${line}'`],
  "a typographic quote": (line) => replaced(line, /"/g, "\u201d"),
  "a comma less": (line) => replaced(line, /,$/g, ""),
  "another sign for a comma": (line) => [".", ";"].flatMap((sign) => replaced(line, /,$/g, sign)),
  "a bracket less": (line) => replaced(line, /[{}[\]]/g, ""),
  "another bracket": (line) => [...replaced(line, /\[/g, "("), ...replaced(line, /\]/g, ")")],
  "a bracket too many": (line) => [...replaced(line, /([{}[\]])/g, "$1$1"), `${line}}`, `${line}]`],
  "a colon less": (line) => replaced(line, /:(?= )/g, ""),
  "an equals sign": (line) => replaced(line, /:(?= )/g, " ="),
  "a word at the end": (line) => [`${line} x`],
  "a comment": (line) => [`${line} // x`, `${line} # x`],
  "a line in a comment": (line) => [line.replace(/\S/, "// $&")],
  "a line twice": (line) => (/[:}\]{[],?$/.test(line) ? [] : [`${line}\n${line}`]),
  "a bracket twice": (line) => (/^\s*[}\]],?$/.test(line) ? [`${line}\n${line}`] : []),
  "a misspelt form": (line) => replaced(line, /\$value/g, "$vlaue"),
};

/** Mistakes whose line has more findings than one, or none near it: it may be missing elsewhere. */
const left: { readonly [what: string]: readonly string[] } = {
  "a line twice": [39].map((number) => `${number}: ${lines[number - 1]}\n${lines[number - 1]}`),
};

function replaced(line: string, pattern: RegExp, text: string): readonly string[] {
  return Array.from(line.matchAll(pattern), ({ 0: found, index }) => {
    const end = index + found.length;
    return line.slice(0, index) + found.replace(new RegExp(pattern.source), text) + line.slice(end);
  });
}

function findingsOf(text: string) {
  return check({ name: "fleet.json", text }).diagnostics;
}

test("the inventory has no mistakes", () => {
  assert.equal(findingsOf(fleet), []);
});

for (const [what, spoil] of Object.entries(mistakes)) {
  test(`${what} gives one finding at its line`, () => {
    const others: string[] = [];
    for (const [index, line] of lines.entries()) {
      for (const spoilt of spoil(line)) {
        const text = [...lines.slice(0, index), spoilt, ...lines.slice(index + 1), ""].join("\n");
        const findings = findingsOf(text);
        const isNear = findings.some(({ range, related }) =>
          [range, ...related.map((place) => place.range)].some(
            ({ start }) => Math.abs(start.line - 1 - index) <= 1,
          ),
        );
        if (findings.length > 1 || (findings.length === 1 && !isNear)) {
          others.push(`${index + 1}: ${spoilt}`);
        }
        const [{ fixes = [] } = {}] = findings.length === 1 ? findings : [];
        for (const { edits } of fixes) {
          const changes = edits.map(({ range, text }) => ({
            start: range.start.offset,
            end: range.end.offset,
            text,
          }));
          assert.equal(findingsOf(applyEdits(text, changes)), [], `${index + 1}: ${spoilt}`);
        }
      }
    }
    assert.equal(others, left[what] ?? []);
  });
}

test.run();
