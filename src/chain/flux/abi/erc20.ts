/** What can be sent to any token. */
export const ERC20_FUNCTIONS = [
  "function approve(address spender, uint256 value)",
  "function transfer(address to, uint256 value)",
  "function transferFrom(address from, address to, uint256 value)",
] as const;
