/** HTML that is finished: only {@link html} makes it, so text from elsewhere never stands in it unescaped. */
export class SafeHtml {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** Of literal parts of our own and escaped values. */
  static join(parts: readonly string[], values: readonly HtmlValue[]): SafeHtml {
    const pieces = parts.map((part, index) => {
      const value = values[index];
      return value === undefined ? part : part + toHtml(value);
    });
    return new SafeHtml(pieces.join(""));
  }
}

type HtmlValue = string | SafeHtml | readonly SafeHtml[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand between tags and in a quoted attribute. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

function toHtml(value: HtmlValue): string {
  if (typeof value === "string") return escaped(value);
  return value instanceof SafeHtml ? value.text : value.map(({ text }) => text).join("");
}

/** A template whose values are escaped, unless they are finished HTML themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return SafeHtml.join(parts, values);
}
