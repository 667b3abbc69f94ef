const EMBED_DOCUMENT = /\/embed\/(index\.html)?$/;

/**
 * Whether this is the path of `embed/index.html`, the one document of the site that others may frame. Nothing that
 * can be signed may ever run in it: a page around a frame can trick a reader into pressing what is inside.
 */
export function isEmbedDocument(pathname: string): boolean {
  return EMBED_DOCUMENT.test(pathname);
}

/** Where the site itself lies, seen from the document at this path: the embed document is one folder deeper. */
export function siteRootOf(pathname: string): "./" | "../" {
  return isEmbedDocument(pathname) ? "../" : "./";
}
