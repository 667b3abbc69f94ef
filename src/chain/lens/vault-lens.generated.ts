// Generated from devnet/contracts/lens/VaultLens.sol by `npm run contracts`. Do not edit; run that again instead.
// The layout of the answers is documented at the top of the Solidity file.

export const VAULT_LENS_ABI = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      },
      {
        "internalType": "address[]",
        "name": "",
        "type": "address[]"
      }
    ],
    "name": "composition",
    "outputs": [
      {
        "internalType": "bytes",
        "name": "",
        "type": "bytes"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      },
      {
        "internalType": "address[]",
        "name": "",
        "type": "address[]"
      }
    ],
    "name": "shares",
    "outputs": [
      {
        "internalType": "bytes",
        "name": "",
        "type": "bytes"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      },
      {
        "internalType": "address[]",
        "name": "",
        "type": "address[]"
      }
    ],
    "name": "snapshot",
    "outputs": [
      {
        "internalType": "bytes",
        "name": "",
        "type": "bytes"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const;

/** Runtime code, for the `code` field of a state override. */
export const VAULT_LENS_RUNTIME_BYTECODE = "0x60806040526004361015610011575f80fd5b5f3560e01c80633dfbc4fc1461003a57806347f846a91461003a5763ff0eed971461003a575f80fd5b3461011a5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261011a5760043573ffffffffffffffffffffffffffffffffffffffff8116810361011a575060243567ffffffffffffffff811161011a573660238201121561011a5780600401359067ffffffffffffffff821161011a573660248360051b8301011161011a575050604051602081526040817fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f6060518060208501528060808686015e5f85828601015201168101030190f35b5f80fd" as const;
