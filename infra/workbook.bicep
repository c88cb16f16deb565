// The machine on one page, in Azure: the workbook of workbook.json, whose queries read the same events as the alerts.
param name string
param location string
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  // The name of a workbook is a GUID.
  name: guid(workspace.id, name)
  location: location
  kind: 'shared'
  properties: {
    displayName: name
    category: 'workbook'
    sourceId: workspace.id
    serializedData: replace(loadTextContent('workbook.json'), 'WORKSPACE_ID', workspace.id)
  }
}
