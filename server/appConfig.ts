/** Where the plugin is served; absolute, because the viewer imports it from every route. */
export const PLUGIN_PATH = '/plugins/sts-habitat/';
export const PLUGIN_FILES = ['extension.js', 'mode.js'] as const;
export const DICOMWEB_PATH = '/dicom-web';
export const MODELS_PATH = '/models/';

/** `app-config.js` of the viewer; docs/install.md explains the keys that a site needs. */
export function appConfig(): string {
  const configuration = {
    routerBasename: null,
    showStudyList: true,
    extensions: [`${PLUGIN_PATH}extension.js`],
    modes: [`${PLUGIN_PATH}mode.js`],
    stsHabitat: { modelUrl: `${MODELS_PATH}demonstration.json` },
    customizationService: {},
    maxNumberOfWebWorkers: 3,
    showCPUFallbackMessage: true,
    showLoadingIndicator: true,
    strictZSpacingForVolumeViewport: true,
    investigationalUseDialog: { option: 'never' },
    defaultDataSourceName: 'archive',
    dataSources: [dataSource()],
  };
  return `window.config = ${JSON.stringify(configuration, null, 2)};\n`;
}

function dataSource(): object {
  return {
    namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
    sourceName: 'archive',
    configuration: {
      friendlyName: 'DICOMweb archive',
      name: 'archive',
      qidoRoot: DICOMWEB_PATH,
      wadoRoot: DICOMWEB_PATH,
      wadoUriRoot: DICOMWEB_PATH,
      qidoSupportsIncludeField: true,
      supportsReject: false,
      supportsStow: true,
      imageRendering: 'wadors',
      thumbnailRendering: 'wadors',
      enableStudyLazyLoad: true,
      supportsFuzzyMatching: false,
      supportsWildcard: true,
      omitQuotationForMultipartRequest: true,
      bulkDataURI: { enabled: true, relativeResolution: 'studies' },
    },
  };
}
