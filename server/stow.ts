const BOUNDARY = 'sts-habitat-stow-part';

/** Stores Part 10 files with one STOW-RS request (PS3.18, 10.5). Throws when the archive refuses any. */
export async function storeFiles(dicomweb: string, files: Iterable<Uint8Array>): Promise<void> {
  const parts = [...files].flatMap((file) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`),
    file,
    Buffer.from('\r\n'),
  ]);
  const response = await fetch(`${dicomweb}/studies`, {
    method: 'POST',
    headers: {
      accept: 'application/dicom+json',
      'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
    },
    body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  });
  // 202: some instances were not stored.
  if (response.status !== 200)
    throw new Error(
      `The archive did not store all images (status ${String(response.status)}): ${await response.text()}`,
    );
}
