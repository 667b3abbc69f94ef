/**
 * Everybody who appears on the devnet. The position in the list is the account's index under anvil's well-known
 * development mnemonic: keys that the whole world knows, worth nothing anywhere else.
 */
export type Role =
  | "governance"
  | "operator"
  | "liquidator"
  | "lp"
  | "manager"
  | "reserve"
  | "stranger"
  | "keeper";

export interface CastMember {
  readonly name: string;
  readonly role: Role;
  readonly label: string;
}

const person = (name: string, role: Role, label: string): CastMember => ({ name, role, label });

const LP_NAMES = [
  "Ada",
  "Bea",
  "Cyrus",
  "Dora",
  "Elio",
  "Fenn",
  "Gus",
  "Hana",
  "Ines",
  "Jory",
  "Kofi",
  "Lena",
  "Milo",
  "Nora",
  "Otto",
  "Pia",
  "Quin",
  "Rhea",
  "Sten",
  "Tova",
  "Ugo",
  "Vera",
  "Wim",
  "Xenia",
  "Yara",
  "Zeno",
] as const;

const MANAGER_NAMES = [
  "Albatross",
  "Bittern",
  "Cormorant",
  "Dunlin",
  "Egret",
  "Fulmar",
  "Gannet",
  "Heron",
  "Ibis",
  "Jacana",
  "Kittiwake",
  "Lapwing",
  "Merlin",
  "Noddy",
  "Osprey",
  "Petrel",
  "Quail",
  "Rail",
  "Sandpiper",
  "Shag",
  "Skua",
  "Tern",
  "Turnstone",
  "Umbrette",
  "Vireo",
  "Wigeon",
  "Xenops",
  "Yellowhammer",
  "Zino",
  "Avocet",
  "Brant",
  "Coot",
  "Dipper",
  "Eider",
  "Finch",
] as const;

export const CAST: readonly CastMember[] = [
  person("governance", "governance", "Flux governance"),
  person("operator", "operator", "Vault operator"),
  person("keeper", "keeper", "Price publisher and pool owner"),
  person("collector", "governance", "Protocol fee collector"),
  person("reserve", "reserve", "Reserve fund"),
  person("Dara", "liquidator", "Dara, first time, holds USDC and WETH"),
  person("Rhys", "liquidator", "Rhys, first time, empty wallet"),
  person("Castor", "liquidator", "Castor, pays from the wallet"),
  person("Pollux", "liquidator", "Pollux, sells collateral"),
  person("stranger", "stranger", "Stranger"),
  ...LP_NAMES.map((name) => person(name, "lp", name)),
  ...MANAGER_NAMES.map((name) => person(name, "manager", name)),
];
