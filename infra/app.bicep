// The function app on Flex Consumption. A test holds the names of its settings equal to the schema in functions/settings.ts.
param name string
param location string
param nodeVersion string
param jobs string[]
param licence string
param identityId string
param identityClientId string
param storageName string
param insightsConnectionString string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'connector' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      runtime: { name: 'node', version: nodeVersion }
      // The gate holds the rate, not the number of instances: 40 is the smallest number that Flex takes.
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}deploy'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // The platform's own.
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      // Rollcall's. Every one is here, so that an operator sees what can be turned.
      ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com'
      ROLLCALL_CREDENTIAL: 'managed-identity'
      ROLLCALL_IDENTITY_CLIENT_ID: identityClientId
      ROLLCALL_APPLICATION_ID: ''
      ROLLCALL_KEY_VAULT_URL: ''
      ROLLCALL_KEY_VAULT_SECRET: 'rollcall-client-secret'
      ROLLCALL_TENANT_ID: tenant().tenantId
      ROLLCALL_JOBS: join(jobs, ',')
      ROLLCALL_LICENCE: licence
      ROLLCALL_LEAVER_SHARE: '0.1'
      ROLLCALL_BLOB_SOURCE: 'EventGrid'
      ROLLCALL_CREATE_STORAGE: 'false'
      ROLLCALL_RECONCILE_SCHEDULE: '0 */5 * * * *'
      ROLLCALL_GRAPH_TIMEOUT_SECONDS: '100'
      ROLLCALL_CONFIRM_WITHIN_SECONDS: '7200'
      ROLLCALL_RETRY_DELAY_SECONDS: '300'
      ROLLCALL_SENDER_LEASE_SECONDS: '900'
      ROLLCALL_LOST_MESSAGE_SECONDS: '900'
      ROLLCALL_INTAKE_SILENCE_SECONDS: '900'
      ROLLCALL_LOG_OVERLAP_SECONDS: '7200'
      ROLLCALL_CLOCK_SKEW_SECONDS: '5'
      ROLLCALL_WAITING_SECONDS: '60'
      ROLLCALL_UNANSWERED_DELAY_SECONDS: '30'
      ROLLCALL_HALT_PAUSE_SECONDS: '900'
    }
  }
}
