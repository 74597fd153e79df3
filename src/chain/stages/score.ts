import type { Model } from '../../model/schema';
import { readNomogram } from '../../nomogram/nomogram';
import { scoreSignature } from '../../signature/rprs';
import type { Flag, NoScore, Prognosis } from '../analysis';
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
  if (!signature.evaluable) {
    const features = model.features.map(({ region, sequence, feature }, i) => ({
      region,
      sequence,
      feature,
      value: values[i],
    }));
    return withoutScore(model, signature.reason, features);
  }
  const { flags, rprs } = signature;
  const { flags: nomogramFlags, ...reading } = readNomogram(model, { rprs, age });
  return {
    value: {
      evaluable: true,
      rprs,
      contributions: signature.contributions,
      ...reading,
      cutoff: model.riskGroup.cutoff,
      cutoffScale: model.riskGroup.scale,
    },
    flags: [...modelFlags(model), ...flags, ...nomogramFlags],
    note: `RPRS ${rprs.toFixed(3)}, ${reading.totalPoints.toFixed(1)} points, ${reading.group} risk group`,
  };
}

/** Regions and habitats are still worth looking at and storing. */
export function withoutScore(
  model: Model,
  reason: string,
  features: NoScore['features'] = [],
): StageOutcome<Prognosis> {
  return {
    value: { evaluable: false, reason, features },
    applied: false,
    flags: [{ code: 'RPRS_NOT_EVALUABLE', stage: 'score', message: reason }, ...modelFlags(model)],
    note: `RPRS not evaluable: ${reason}`,
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
