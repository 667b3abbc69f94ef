import type { Hex } from "@/domain/model";
import { hexOfBytes } from "./bytes";

/**
 * SHA-256 by the platform. Pages that were not served over HTTPS have no `crypto.subtle`; there the same hash comes
 * from a library that is loaded only then.
 */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<Hex> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) {
    const { sha256 } = await import("viem/utils");
    return sha256(bytes);
  }
  return hexOfBytes(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}
