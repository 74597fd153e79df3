import { useEffect, useId, useState, type ReactNode } from 'react';
import { otherSequence } from '../../../../src/chain/bothSequences';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';
import type { ReviewLook, ReviewMode } from '../../services/reviewView';
import { describe, type LookingProps } from './RegistrationPicture';

const MODES: readonly (readonly [ReviewMode, string])[] = [
  ['checkerboard', 'Checkerboard'],
  ['flicker', 'Flicker'],
  ['blend', 'Blend'],
];
/** Slower than anything that could harm (WCAG 2.3.1: three flashes in a second). */
const FLICKER_MS = 700;

export function RegistrationControls({ view, state, check }: LookingProps) {
  const { look, z, crosshair } = state;
  const change = (changes: Partial<ReviewLook>): void =>
    view.dispatch({ type: 'looked', look: changes });
  return (
    <div className="sts-review-controls">
      <Modes mode={look.mode} onChange={(mode) => change({ mode })} />
      <Slider
        label="Slice"
        value={z + 1}
        range={[1, check.planes.length, 1]}
        text={`${z + 1} of ${check.planes.length}`}
        onChange={(value) => view.dispatch({ type: 'sliced', z: value - 1 })}
        testId="sts-review-slice"
      />
      {look.mode === 'checkerboard' && (
        <Slider
          label="Fields"
          value={look.fieldMm}
          range={[5, 60, 5]}
          text={`${look.fieldMm} mm`}
          onChange={(fieldMm) => change({ fieldMm })}
        />
      )}
      {look.mode === 'blend' && (
        <Slider
          label="Blend"
          value={Math.round(look.blend * 100)}
          range={[0, 100, 5]}
          text={`${Math.round(look.blend * 100)} % ${SEQUENCE_LABELS[otherSequence(check.reference)]}`}
          onChange={(percent) => change({ blend: percent / 100 })}
        />
      )}
      {look.mode === 'flicker' && (
        <Flicker look={look} label={describe(look, check)} onChange={change} />
      )}
      <div className="sts-review-checks">
        <Check checked={look.outline} onChange={(outline) => change({ outline })}>
          <span className="sts-review-line" aria-hidden="true" /> Tumour outline
        </Check>
        <Check checked={look.close} onChange={(close) => change({ close })}>
          Close to the tumour
        </Check>
        <Check
          checked={crosshair}
          onChange={(on) => view.dispatch({ type: 'crosshair', on })}
          title="A click in either series marks the same point of the patient in both"
          testId="sts-review-crosshair"
        >
          Linked crosshair
        </Check>
        <Check
          checked={look.inImages}
          onChange={(inImages) => change({ inImages })}
          title="Lays this picture over the images of the viewer"
          testId="sts-review-in-images"
        >
          Also in the images
        </Check>
      </div>
    </div>
  );
}

function Modes({
  mode,
  onChange,
}: {
  readonly mode: ReviewMode;
  readonly onChange: (mode: ReviewMode) => void;
}) {
  const name = useId();
  return (
    <div className="sts-segmented" role="radiogroup" aria-label="How both series are shown">
      {MODES.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            aria-label={label}
            checked={mode === value}
            data-testid={`sts-review-${value}`}
            onChange={() => onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

interface FlickerProps {
  readonly look: ReviewLook;
  readonly label: string;
  readonly onChange: (changes: Partial<ReviewLook>) => void;
}

function Flicker({ look, label, onChange }: FlickerProps) {
  const [playing, setPlaying] = useState(() => !prefersStillness());
  const { showsMoving } = look;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => onChange({ showsMoving: !showsMoving }), FLICKER_MS);
    return () => clearTimeout(timer);
  }, [playing, showsMoving, onChange]);
  return (
    <div className="sts-review-flicker">
      <span data-testid="sts-review-shows">{label}</span>
      <button
        type="button"
        className="sts-button"
        data-testid="sts-review-swap"
        onClick={() => {
          setPlaying(false);
          onChange({ showsMoving: !showsMoving });
        }}
      >
        Swap
      </button>
      <button
        type="button"
        className="sts-button"
        aria-pressed={playing}
        onClick={() => setPlaying(!playing)}
      >
        {playing ? 'Pause' : 'Play'}
      </button>
    </div>
  );
}

function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  /** Least, greatest, step. */
  readonly range: readonly [number, number, number];
  readonly text: string;
  readonly onChange: (value: number) => void;
  readonly testId?: string;
}

function Slider({ label, value, range: [min, max, step], text, onChange, testId }: SliderProps) {
  const id = useId();
  return (
    <div className="sts-review-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        data-testid={testId}
        {...{ min, max, step, value }}
        aria-valuetext={text}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <output htmlFor={id}>{text}</output>
    </div>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly title?: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

function Check({ checked, onChange, title, testId, children }: CheckProps) {
  return (
    <label className="sts-check" title={title}>
      <input
        type="checkbox"
        data-testid={testId}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      {children}
    </label>
  );
}
