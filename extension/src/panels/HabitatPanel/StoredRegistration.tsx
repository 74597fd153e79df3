import { Message } from './Message';
import { Section } from './Section';

/**
 * The pictures of a registration are made from both series while it runs and are not stored: for a
 * stored result the panel says so instead of leaving the step out without a word.
 */
export function StoredRegistration() {
  return (
    <Section title="Check registration" testId="sts-stored-review">
      <Message tone="info">
        This result was read from the archive, which keeps the motion between the series and what
        was said of it (“How it was computed”), but not the pictures: analyse again to look at the
        registration. Slices of the two viewports follow their DICOM positions.
      </Message>
    </Section>
  );
}
