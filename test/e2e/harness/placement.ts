import { execFileSync } from 'node:child_process';
import { withFiles } from '../../oracle/dicom/validators';
import type { Placement } from './viewer';

const SCRIPT = `
import json, sys, numpy, pydicom
ds = pydicom.dcmread(sys.argv[1])
px = ds.pixel_array
px = px if px.ndim == 3 else px[None]
placement = {}
for frame, groups in zip(px, ds.PerFrameFunctionalGroupsSequence):
    segment = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    image = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
    indices = numpy.flatnonzero(frame)
    if len(indices): placement[f'{segment}, {image}'] = [len(indices), int(indices.sum()), int((indices ** 2).sum())]
print(json.dumps(placement))`;

/** Where the voxels of a SEG lie according to pydicom: a reader that is neither ours nor the viewer's. */
export function placementIn(part10: Uint8Array): Placement {
  return withFiles(
    [part10],
    ([file]) =>
      JSON.parse(
        execFileSync('/usr/bin/python3', ['-c', SCRIPT, file], { encoding: 'utf8' }),
      ) as Placement,
  );
}
