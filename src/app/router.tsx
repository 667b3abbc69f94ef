import { createHashRouter, Outlet, ScrollRestoration } from "react-router";
import { PageFault } from "./page-fault";

/**
 * Pages by address. The address stands in the hash, so that any static host serves them; each page is loaded when
 * it is first opened.
 */
export function createAppRouter() {
  return createHashRouter([
    {
      element: <Root />,
      errorElement: <PageFault />,
      // Nothing is drawn while a page's own file arrives: it is near, and a flash of a frame is worse.
      hydrateFallbackElement: <span />,
      children: [
        {
          path: "/",
          lazy: async () => ({ Component: (await import("@/pages/vaults")).VaultsPage }),
        },
        { path: "/check", lazy: async () => ({ Component: (await import("@/pages/check")).CheckPage }) },
        {
          path: "/v/:chainId/:vault",
          lazy: async () => ({ Component: (await import("@/pages/vault-layout")).VaultLayout }),
          children: [
            {
              index: true,
              lazy: async () => ({ Component: (await import("@/pages/overview")).OverviewPage }),
            },
            {
              path: "positions",
              lazy: async () => ({ Component: (await import("@/pages/positions")).PositionsPage }),
            },
            {
              path: "positions/:manager",
              lazy: async () => ({ Component: (await import("@/pages/manager")).ManagerPage }),
            },
            {
              path: "stress",
              lazy: async () => ({ Component: (await import("@/pages/stress")).StressPage }),
            },
            {
              path: "ledger",
              lazy: async () => ({ Component: (await import("@/pages/ledger")).LedgerPage }),
            },
            {
              path: "ledger/:row",
              lazy: async () => ({ Component: (await import("@/pages/ledger-row")).LedgerRowPage }),
            },
            { path: "lps", lazy: async () => ({ Component: (await import("@/pages/lps")).LpsPage }) },
            { path: "lps/:address", lazy: async () => ({ Component: (await import("@/pages/lp")).LpPage }) },
            {
              path: "liquidations",
              lazy: async () => ({ Component: (await import("@/pages/liquidations")).LiquidationsPage }),
            },
            {
              path: "recovery",
              lazy: async () => ({ Component: (await import("@/pages/recovery")).RecoveryPage }),
            },
            {
              path: "assets",
              lazy: async () => ({ Component: (await import("@/pages/assets")).AssetsPage }),
            },
            {
              path: "parameters",
              lazy: async () => ({ Component: (await import("@/pages/parameters")).ParametersPage }),
            },
          ],
        },
        {
          path: "/check/proof",
          lazy: async () => ({ Component: (await import("@/pages/check-proof")).CheckProofPage }),
        },
        { path: "*", lazy: async () => ({ Component: (await import("@/pages/not-found")).NotFoundPage }) },
      ],
    },
  ]);
}

/** A page that is opened begins at its top; one that is returned to stands where it was left. */
function Root() {
  return (
    <>
      <ScrollRestoration />
      <Outlet />
    </>
  );
}
