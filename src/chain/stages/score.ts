import type { Model } from '../../model/schema';
import { readNomogram } from '../../nomogram/nomogram';
import { scoreSignature } from '../../signature/rprs';
import type { Flag, Prognosis } from '../analysis';
import type { StageOutcome } from '../stageLog';

export function scoreStudy(
  model: Model,
  values: readonly (number | null)[],
  harmonised: readonly (number | null)[],
  age: number,
): StageOutcome<Prognosis> {
  const signature = scoreSignature(
    model.features,
    values.map((value, i) => ({ value, harmonised: harmonised[i] })),
  );
  const reading = readNomogram(model, { rprs: signature.rprs, age });
  const { flags, ...nomogram } = reading;
  return {
    value: {
      rprs: signature.rprs,
      contributions: signature.contributions,
      ...nomogram,
      cutoff: model.riskGroup.cutoff,
      cutoffScale: model.riskGroup.scale,
    },
    flags: [...modelFlags(model), ...signature.flags, ...flags],
    note: `RPRS ${signature.rprs.toFixed(3)}, ${reading.totalPoints.toFixed(1)} points, ${reading.group} risk group`,
  };
}

function modelFlags({ name, status, validations }: Model): Flag[] {
  if (status === 'demonstration') {
    return [
      {
        code: 'DEMONSTRATION_MODEL',
        stage: 'score',
        message: `"${name}" was trained on simulated patients: its score, risk and group mean nothing for a patient.`,
      },
    ];
  }
  if (status === 'externallyValidated' && validations.length > 0) return [];
  return [
    {
      code: 'NOT_VALIDATED',
      stage: 'score',
      message: `"${name}" has not been validated on patients of other centres.`,
    },
  ];
}
