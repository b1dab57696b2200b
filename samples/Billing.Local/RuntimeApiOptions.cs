namespace Billing.Local;

/// <summary>Options of <see cref="RuntimeApi"/>.</summary>
public sealed class RuntimeApiOptions
{
    /// <summary>The name of the function, with which its ARN ends. Default <c>function</c>.</summary>
    public string FunctionName { get; set; } = "function";

    /// <summary>How long an invocation may take before it fails; the function is told the deadline. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The port on the loopback address. Default 0, which means any free port.</summary>
    public int Port { get; set; }

    /// <summary>The region in the ARN. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The account in the ARN. Default <c>000000000000</c>.</summary>
    public string Account { get; set; } = "000000000000";

    /// <summary>The ARN of the function.</summary>
    public string FunctionArn => $"arn:aws:lambda:{Region}:{Account}:function:{FunctionName}";
}
