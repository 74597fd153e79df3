import { createIsland } from './island';
import { PANEL_NAME } from './id';
import type { ExtensionContext } from './host';

export function getPanelModule(_context: ExtensionContext) {
  return [
    {
      name: PANEL_NAME,
      iconName: 'tab-roi-threshold',
      iconLabel: 'STS habitat',
      label: 'STS habitat',
      component: createIsland(() => <div data-testid="sts-panel">STS habitat</div>),
    },
  ];
}
