using './main.bicep'

param name = 'rollcall'
param nodeVersion = '24'
// servicePrincipalId/jobId of each source's provisioning job.
param jobs = []
param licence = 'premium'
