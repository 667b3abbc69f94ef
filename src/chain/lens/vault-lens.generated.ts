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
export const VAULT_LENS_RUNTIME_BYTECODE = "0x608060405234801561000f575f5ffd5b506004361061003f575f3560e01c80633dfbc4fc1461004357806347f846a914610043578063ff0eed9714610043575b5f5ffd5b61005a610051366004610070565b60609392505050565b604051610067919061010b565b60405180910390f35b5f5f5f60408486031215610082575f5ffd5b833573ffffffffffffffffffffffffffffffffffffffff811681146100a5575f5ffd5b9250602084013567ffffffffffffffff8111156100c0575f5ffd5b8401601f810186136100d0575f5ffd5b803567ffffffffffffffff8111156100e6575f5ffd5b8660208260051b84010111156100fa575f5ffd5b939660209190910195509293505050565b602081525f82518060208401528060208501604085015e5f6040828501015260407fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8301168401019150509291505056" as const;
