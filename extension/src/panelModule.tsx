import { createIsland } from './island';
import { PANEL_NAME } from './id';
import { HabitatPanel } from './panels/HabitatPanel/HabitatPanel';
import type { Plugin } from './plugin';

export function panelModule({ service, watcher }: Plugin) {
  return [
    {
      name: PANEL_NAME,
      iconName: 'tab-roi-threshold',
      iconLabel: 'STS habitat',
      label: 'STS habitat',
      component: createIsland(() => <HabitatPanel service={service} study={watcher} />),
    },
  ];
}
