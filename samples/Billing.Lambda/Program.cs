return await Billing.Lambda.FunctionProcess.RunAsync();
