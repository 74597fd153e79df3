import type { ServicesManager } from '../../extension/src/host';

/** The fields of a host mode that are read or replaced here; all others are passed through. */
export interface HostMode {
  readonly id: string;
  readonly extensions: Readonly<Record<string, string>>;
  readonly routes: readonly HostRoute[];
  readonly sopClassHandlers?: readonly string[];
  onModeEnter?(this: unknown, context: ModeContext): void;
  onModeExit?(this: unknown, context: ModeContext): void;
}

export interface HostRoute {
  layoutTemplate(this: unknown, args: unknown): HostLayout | Promise<HostLayout>;
}

export interface HostLayout {
  readonly id: string;
  readonly props: {
    readonly leftPanels?: readonly string[];
    readonly rightPanels?: readonly string[];
    readonly viewports?: readonly unknown[];
  } & Readonly<Record<string, unknown>>;
}

export interface ModeContext {
  readonly servicesManager: ServicesManager;
}

export interface HostModeModule {
  modeFactory(args: {
    modeConfiguration: unknown;
    loadModules: LoadModules;
  }): HostMode | Promise<HostMode>;
}

export type LoadModules = (ids: readonly string[]) => Promise<readonly HostModeModule[]>;
