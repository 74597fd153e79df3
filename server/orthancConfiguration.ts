/**
 * The archive answers on this machine only (`RemoteAccessAllowed`) and speaks DICOMweb only: the
 * classic DICOM listener stays off, so no port but `httpPort` is opened.
 */
export function orthancConfiguration(
  folder: string,
  httpPort: number,
  dicomwebPlugin: string,
): Record<string, unknown> {
  return {
    Name: 'STS Habitat',
    StorageDirectory: `${folder}/storage`,
    IndexDirectory: `${folder}/index`,
    HttpServerEnabled: true,
    HttpPort: httpPort,
    HttpDescribeErrors: true,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    DicomServerEnabled: false,
    ExecuteLuaEnabled: false,
    OverwriteInstances: false,
    SaveJobs: false,
    Plugins: [dicomwebPlugin],
    DicomWeb: {
      Enable: true,
      Root: '/dicom-web/',
      EnableWado: false,
      StudiesMetadata: 'Full',
      SeriesMetadata: 'Full',
    },
  };
}
