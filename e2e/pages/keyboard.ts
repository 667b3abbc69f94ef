import { expect, type Locator, type Page } from "@playwright/test";

/** More than any page has to be tabbed through. */
const MOST_PRESSES = 250;

/** Somebody without a mouse. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async pressAction(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async typeAction(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Presses Tab until the element has the focus, and makes sure that the focus can be seen there. */
  async tabToAction(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      await this.pressAction("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) {
        const outline = await target.evaluate((element) => {
          // A segment or a slider may draw the focus of its hidden input around itself.
          const drawn = element.closest("label") ?? element;
          return [element, drawn].map((one) => getComputedStyle(one).outlineStyle);
        });
        expect(
          outline.some((style) => style !== "none"),
          "the focus cannot be seen",
        ).toBe(true);
        return;
      }
    }
    throw new Error(`${MOST_PRESSES} presses of Tab do not reach ${target.toString()}`);
  }
}
