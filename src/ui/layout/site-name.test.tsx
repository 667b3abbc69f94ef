// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { AppShell } from "./app-shell";
import { Page } from "./page";
import { SiteName } from "./site-name";

afterEach(cleanup);

const site = (
  <AppShell homeHref="#/" version="1.0.0">
    <Page title="Overview">text</Page>
  </AppShell>
);

describe("the name of the site", () => {
  it("is the configured one, in the frame and in the title of the document", () => {
    render(<SiteName value="Harbour risk desk">{site}</SiteName>);
    expect(screen.getByRole("link", { name: "Harbour risk desk" })).toBeDefined();
    expect(document.title).toBe("Overview · Harbour risk desk");
    expect(screen.getByRole("contentinfo").textContent).toContain("Plimsoll 1.0.0");
  });

  it("is the product's where none is configured", () => {
    render(site);
    expect(screen.getByRole("link", { name: "Plimsoll" })).toBeDefined();
    expect(document.title).toBe("Overview · Plimsoll");
  });
});
