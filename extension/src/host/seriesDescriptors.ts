import { number, text, texts } from '../../../src/dicom/attributes';
import type { SeriesDescriptor } from '../../../src/dicom/seriesRoles';
import type { HostDisplaySet, HostInstance } from '../host';

export function firstInstance(displaySet: HostDisplaySet): HostInstance {
  return displaySet.instances?.[0] ?? displaySet.instance ?? {};
}

/** What the role guess needs, from the attributes that the viewer already has. */
export function describeSeries(displaySet: HostDisplaySet): SeriesDescriptor {
  const instance = firstInstance(displaySet);
  return {
    seriesInstanceUid: displaySet.SeriesInstanceUID,
    modality: displaySet.Modality,
    description: displaySet.SeriesDescription ?? '',
    images: displaySet.numImageFrames ?? 0,
    ...optional('echoTimeMs', number(instance, 'EchoTime')),
    ...optional('repetitionTimeMs', number(instance, 'RepetitionTime')),
    ...optional('inversionTimeMs', number(instance, 'InversionTime')),
    contrastAgent: text(instance, 'ContrastBolusAgent'),
    scanOptions: texts(instance, 'ScanOptions'),
    imageType: texts(instance, 'ImageType'),
  };
}

/** `exactOptionalPropertyTypes`: an attribute that is not there is left out, not set to undefined. */
function optional<Key extends string>(
  key: Key,
  value: number | undefined,
): { readonly [name in Key]?: number } {
  if (value === undefined) return {};
  const present: { [name in Key]?: number } = {};
  present[key] = value;
  return present;
}
