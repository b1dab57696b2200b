using Amazon.CDK;
using Billing.Infrastructure;

App app = new();
CloudEnvironment.AddTo(app, CloudSettings.Of(app));
app.Synth();
