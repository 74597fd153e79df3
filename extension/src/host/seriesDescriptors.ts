import { describeSeries } from '../../../src/dicom/describeSeries';
import type { SeriesDescriptor } from '../../../src/dicom/sequenceSigns';
import type { HostDisplaySet, HostInstance } from '../host';

export function firstInstance(displaySet: HostDisplaySet): HostInstance {
  return displaySet.instances?.[0] ?? displaySet.instance ?? {};
}

/** What the role guess needs, from the attributes that the viewer already has. */
export function describeDisplaySet(displaySet: HostDisplaySet): SeriesDescriptor {
  const { SeriesInstanceUID, Modality, SeriesDescription = '', numImageFrames = 0 } = displaySet;
  const attributes = {
    ...firstInstance(displaySet),
    SeriesInstanceUID,
    Modality,
    SeriesDescription,
  };
  return describeSeries(attributes, numImageFrames);
}
