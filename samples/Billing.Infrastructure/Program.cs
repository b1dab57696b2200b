using Amazon.CDK;
using Billing.Infrastructure;

App app = new();
CloudSettings settings;
try
{
    settings = CloudSettings.Of(app);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

CloudEnvironment.AddTo(app, settings);
app.Synth();
return 0;
