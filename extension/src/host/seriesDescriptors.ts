import type { SeriesDescriptor } from '../../../src/dicom/seriesRoles';
import type { HostDisplaySet, HostInstance } from '../host';

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;
}

function number(value: unknown): number | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null || first === '') return undefined;
  const parsed = Number(first);
  return Number.isFinite(parsed) ? parsed : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.split('\\');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

/** `exactOptionalPropertyTypes`: an attribute that is not there is left out, not set to undefined. */
function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [name in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [name in Key]?: Value });
}

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
    images: displaySet.imageIds?.length ?? displaySet.numImageFrames ?? 0,
    ...optional('echoTimeMs', number(instance.EchoTime)),
    ...optional('repetitionTimeMs', number(instance.RepetitionTime)),
    ...optional('inversionTimeMs', number(instance.InversionTime)),
    ...optional('contrastAgent', text(instance.ContrastBolusAgent)),
    ...optional('scanOptions', texts(instance.ScanOptions)),
    ...optional('imageType', texts(instance.ImageType)),
  };
}
