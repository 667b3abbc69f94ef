import { describe, expect, it } from "vitest";
import { isEmbedDocument, siteRootOf } from "./embed-document";

describe("the document that other sites may frame", () => {
  it.each(["/embed/", "/embed/index.html", "/plimsoll/embed/", "/ipfs/cid/embed/index.html"])(
    "is known by its path, at %s, with the site one folder above",
    (pathname) => {
      expect(isEmbedDocument(pathname)).toBe(true);
      expect(siteRootOf(pathname)).toBe("../");
    },
  );

  it.each(["/", "/index.html", "/embed", "/embed/other.html", "/my-embed/", "/embed/index.html/x"])(
    "is not the one at %s",
    (pathname) => {
      expect(isEmbedDocument(pathname)).toBe(false);
      expect(siteRootOf(pathname)).toBe("./");
    },
  );
});
