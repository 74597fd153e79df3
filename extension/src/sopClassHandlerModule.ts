import { text } from '../../src/dicom/attributes';
import { REPORT_CLASSES, isHabitatReport } from '../../src/dicom/sr/reportIdentity';
import type { ExtensionContext, HostDisplaySet, HostInstance } from './host';
import { REPORT_HANDLER_ID, REPORT_HANDLER_NAME } from './id';

/** The host's handlers of structured reports, the one for three dimensions first. */
const HOST_HANDLERS = [
  '@ohif/extension-cornerstone-dicom-sr.sopClassHandlerModule.dicom-sr-3d',
  '@ohif/extension-cornerstone-dicom-sr.sopClassHandlerModule.dicom-sr',
];

/**
 * Claims our own reports and nothing else: for any other series it answers with no display set, and the
 * host asks its next handler. The display set is the host's own, so that its text view opens it; only
 * where the host refuses to make one is it ours. What the panel shows of a report it reads itself.
 */
export function sopClassHandlerModule({ extensionManager }: ExtensionContext) {
  return [
    {
      name: REPORT_HANDLER_NAME,
      sopClassUids: REPORT_CLASSES,
      getDisplaySetsFromSeries(instances: readonly HostInstance[]): readonly HostDisplaySet[] {
        if (instances.length === 0 || !instances.every(isHabitatReport)) return [];
        const made = HOST_HANDLERS.map((id) => extensionManager.getModuleEntry?.(id)).find(
          (handler) => handler?.sopClassUids?.includes(text(instances[0], 'SOPClassUID')),
        );
        const displaySets = made?.getDisplaySetsFromSeries?.(instances) ?? [];
        if (displaySets.length === 0) return [ownDisplaySet(instances)];
        // Known to the host under our name: it looks for the display sets of a handler by it.
        for (const displaySet of displaySets) displaySet.SOPClassHandlerId = REPORT_HANDLER_ID;
        return displaySets;
      },
    },
  ];
}

function ownDisplaySet(instances: readonly HostInstance[]): HostDisplaySet {
  const instance = instances[instances.length - 1];
  const uid = (keyword: string): string => text(instance, keyword);
  return {
    Modality: 'SR',
    displaySetInstanceUID: `sts-habitat-report:${uid('SOPInstanceUID')}`,
    StudyInstanceUID: uid('StudyInstanceUID'),
    SeriesInstanceUID: uid('SeriesInstanceUID'),
    SOPInstanceUID: uid('SOPInstanceUID'),
    SOPClassUID: uid('SOPClassUID'),
    SeriesDescription: uid('SeriesDescription'),
    SOPClassHandlerId: REPORT_HANDLER_ID,
    instances,
    instance,
    isDerivedDisplaySet: true,
    isLoaded: true,
    load: () => Promise.resolve(),
  };
}
