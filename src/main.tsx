import { createRoot, type Root } from "react-dom/client";
import { loadConfig, restrictConnections } from "@/app/bootstrap";
import { isEmbedDocument } from "@/shared/embed-document";
import { startTheme } from "@/ui/theme";
import "@/ui/theme.css";

/**
 * One document, two entries: `#/t/…` is the public page, which must not pay for wallet, router or charts;
 * everything else is the app. The configuration is read first, because it decides which hosts may be called.
 * The document that other sites may frame is the public page whatever its address says: a frame must never hold
 * anything that can be signed.
 */
const isPublic = (): boolean =>
  isEmbedDocument(window.location.pathname) || window.location.hash.startsWith("#/t/");

async function mount(root: Root): Promise<void> {
  const result = await loadConfig();
  if (!result.ok) {
    const { ConfigFault } = await import("@/app/config-fault");
    root.render(<ConfigFault issues={result.issues} />);
    return;
  }
  restrictConnections(result.config);
  const entry = isPublic() ? import("@/transparency/entry") : import("@/app/entry");
  const { Entry } = await entry;
  root.render(<Entry config={result.config} />);
}

startTheme();
const container = document.getElementById("root");
if (container === null) throw new Error("index.html has no element with the id root");
const startedPublic = isPublic();
window.addEventListener("hashchange", () => {
  // Crossing between the two entries starts afresh, so that neither ever runs inside the other.
  if (isPublic() !== startedPublic) window.location.reload();
});
void mount(createRoot(container));
