import { guessSeriesRoles } from '../../../src/dicom/seriesRoles';
import { ROLE_ATTRIBUTE } from '../hangingProtocol';
import type { HangingProtocolService } from '../host';
import { describeDisplaySet } from './seriesDescriptors';

/** Lets the hanging protocol use the same guess of the series roles as the panel and the command line. */
export function registerSeriesRole(service: HangingProtocolService): void {
  service.addCustomAttribute(
    ROLE_ATTRIBUTE,
    'Role of the series in the STS habitat chain',
    (displaySet, options) => {
      const study = (options?.displaySets ?? [displaySet]).filter(
        (other) => other.StudyInstanceUID === displaySet.StudyInstanceUID,
      );
      const roles = guessSeriesRoles(study.map(describeDisplaySet));
      if (displaySet.SeriesInstanceUID === roles.fsT2) return 'fsT2';
      if (displaySet.SeriesInstanceUID === roles.ceT1) return 'ceT1';
      return 'none';
    },
  );
}
