import { dicomwebAccess } from '../../../extension/src/host/dicomweb';
import type { DataSource } from '../../../extension/src/host';

const PAGE = 'https://viewer.example/sts-habitat?StudyInstanceUIDs=1.2.3';

function access(source: DataSource | readonly DataSource[], headers?: Record<string, string>) {
  return dicomwebAccess(
    { getActiveDataSource: () => source },
    { userAuthenticationService: { getAuthorizationHeader: () => headers } },
    PAGE,
  );
}

describe('the archive of the viewer', () => {
  it('is the active data source, whose address may be relative to the page', () => {
    const source = { getConfig: () => ({ wadoRoot: '/dicom-web/' }) };
    expect(access([source])).toEqual({ root: 'https://viewer.example/dicom-web', headers: {} });
  });

  it('may be on another host, with the authentication of the viewer', () => {
    const source = { getConfig: () => ({ wadoRoot: 'https://pacs.example/wado' }) };
    expect(access([source], { Authorization: 'Bearer x' })).toEqual({
      root: 'https://pacs.example/wado',
      headers: { Authorization: 'Bearer x' },
    });
  });

  it('may be handed over as itself instead of an array', () => {
    const source = { getConfig: () => ({ qidoRoot: '/qido' }) };
    expect(access(source).root).toBe('https://viewer.example/qido');
  });

  it.each([
    ['a local file', [{ getConfig: () => ({}) }]],
    ['a source without settings', [{}]],
    ['no source', []],
  ])('is refused in one sentence when it is %s', (_, source) => {
    expect(() => access(source)).toThrow(
      expect.objectContaining({
        code: 'ARCHIVE_UNREACHABLE',
        message: expect.stringMatching(/^The viewer does not read this study from a DICOMweb/),
      }),
    );
  });
});
