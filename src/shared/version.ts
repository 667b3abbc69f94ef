/** Version and commit of this build, written in by vite.config.ts; shown at the foot of every page. */
declare const __PLIMSOLL_VERSION__: string;

export const VERSION: string = __PLIMSOLL_VERSION__;
