using Billing.Web;

await WebServer.Build(args).RunAsync();
