import type { ReactNode } from 'react';
import { useId } from 'react';

export interface FieldProps {
  readonly label: string;
  /** A sentence under the control; it is read out with it. */
  readonly hint?: string | null;
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby'?: string;
  }) => ReactNode;
}

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="sts-field">
      <label htmlFor={id}>{label}</label>
      {children(hint ? { id, 'aria-describedby': hintId } : { id })}
      {hint && (
        <p className="sts-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}
