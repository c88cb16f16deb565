using './main.bicep'

param name = 'rollcall'
param nodeVersion = '24'
param licence = 'premium'
