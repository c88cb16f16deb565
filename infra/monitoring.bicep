// Log Analytics and Application Insights: where the events of the product go. docs/operations.md has the queries.
param name string
param location string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    // As docs/security.md promises.
    retentionInDays: 90
    // Readers and writers sign in with Entra: no workspace keys.
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Telemetry is taken with a token of Entra only: the app has the role for it (docs/reference/azure-functions.md §D.5).
    DisableLocalAuth: true
  }
}

output workspaceId string = workspace.id
output workspaceName string = workspace.name
output insightsName string = insights.name
output connectionString string = insights.properties.ConnectionString
