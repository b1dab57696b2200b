namespace Billing.Local;

/// <summary>How a <see cref="RuntimeApi"/> answers.</summary>
public sealed class RuntimeApiOptions
{
    /// <summary>The function's name, which its ARN ends with. Default <c>function</c>.</summary>
    public string FunctionName { get; set; } = "function";

    /// <summary>How long an invocation may take before it has failed; its deadline is told to the function. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The port on the loopback address. Default 0: a free one.</summary>
    public int Port { get; set; }

    /// <summary>The region in the ARN. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account in the ARN. Default <c>000000000000</c>.</summary>
    public string Account { get; set; } = "000000000000";

    /// <summary>The ARN of the function.</summary>
    public string FunctionArn => $"arn:aws:lambda:{Region}:{Account}:function:{FunctionName}";
}
