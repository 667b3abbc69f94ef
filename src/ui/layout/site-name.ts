import { createContext } from "react";

/** Without a title in the configuration the site goes by the product's name. */
export const DEFAULT_SITE_NAME = "Plimsoll";

/** What this site calls itself, in its frame and in the titles of its pages: the configuration's title. */
export const SiteName = createContext(DEFAULT_SITE_NAME);
