using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement;

/// <summary>What commands are filtered by.</summary>
public class CommandFilterKey(string value) : ConstantClass(value)
{
    public static readonly CommandFilterKey DocumentName = new("DocumentName");
    public static readonly CommandFilterKey ExecutionStage = new("ExecutionStage");
    public static readonly CommandFilterKey InvokedAfter = new("InvokedAfter");
    public static readonly CommandFilterKey InvokedBefore = new("InvokedBefore");
    public static readonly CommandFilterKey Status = new("Status");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static CommandFilterKey? FindValue(string? value) => FindValue<CommandFilterKey>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CommandFilterKey?(string? value) => FindValue(value);
}

/// <summary>States of a command on one instance.</summary>
public class CommandInvocationStatus(string value) : ConstantClass(value)
{
    public static readonly CommandInvocationStatus Cancelled = new("Cancelled");
    public static readonly CommandInvocationStatus Cancelling = new("Cancelling");
    public static readonly CommandInvocationStatus Delayed = new("Delayed");
    public static readonly CommandInvocationStatus Failed = new("Failed");
    public static readonly CommandInvocationStatus InProgress = new("InProgress");
    public static readonly CommandInvocationStatus Pending = new("Pending");
    public static readonly CommandInvocationStatus Success = new("Success");
    public static readonly CommandInvocationStatus TimedOut = new("TimedOut");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static CommandInvocationStatus? FindValue(string? value) => FindValue<CommandInvocationStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CommandInvocationStatus?(string? value) => FindValue(value);
}

/// <summary>States of a step.</summary>
public class CommandPluginStatus(string value) : ConstantClass(value)
{
    public static readonly CommandPluginStatus Cancelled = new("Cancelled");
    public static readonly CommandPluginStatus Failed = new("Failed");
    public static readonly CommandPluginStatus InProgress = new("InProgress");
    public static readonly CommandPluginStatus Pending = new("Pending");
    public static readonly CommandPluginStatus Success = new("Success");
    public static readonly CommandPluginStatus TimedOut = new("TimedOut");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static CommandPluginStatus? FindValue(string? value) => FindValue<CommandPluginStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CommandPluginStatus?(string? value) => FindValue(value);
}

/// <summary>States of a command.</summary>
public class CommandStatus(string value) : ConstantClass(value)
{
    public static readonly CommandStatus Cancelled = new("Cancelled");
    public static readonly CommandStatus Cancelling = new("Cancelling");
    public static readonly CommandStatus Failed = new("Failed");
    public static readonly CommandStatus InProgress = new("InProgress");
    public static readonly CommandStatus Pending = new("Pending");
    public static readonly CommandStatus Success = new("Success");
    public static readonly CommandStatus TimedOut = new("TimedOut");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static CommandStatus? FindValue(string? value) => FindValue<CommandStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CommandStatus?(string? value) => FindValue(value);
}

/// <summary>Ways of hashing a document.</summary>
public class DocumentHashType(string value) : ConstantClass(value)
{
    public static readonly DocumentHashType Sha1 = new("Sha1");
    public static readonly DocumentHashType Sha256 = new("Sha256");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static DocumentHashType? FindValue(string? value) => FindValue<DocumentHashType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator DocumentHashType?(string? value) => FindValue(value);
}

/// <summary>What SSM thinks of an agent.</summary>
public class PingStatus(string value) : ConstantClass(value)
{
    public static readonly PingStatus ConnectionLost = new("ConnectionLost");
    public static readonly PingStatus Inactive = new("Inactive");
    public static readonly PingStatus Online = new("Online");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static PingStatus? FindValue(string? value) => FindValue<PingStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator PingStatus?(string? value) => FindValue(value);
}

/// <summary>Kinds of guest.</summary>
public class PlatformType(string value) : ConstantClass(value)
{
    public static readonly PlatformType Linux = new("Linux");
    public static readonly PlatformType MacOS = new("MacOS");
    public static readonly PlatformType Windows = new("Windows");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static PlatformType? FindValue(string? value) => FindValue<PlatformType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator PlatformType?(string? value) => FindValue(value);
}

/// <summary>Kinds of machine.</summary>
public class ResourceType(string value) : ConstantClass(value)
{
    public static readonly ResourceType EC2Instance = new("EC2Instance");
    public static readonly ResourceType ManagedInstance = new("ManagedInstance");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static ResourceType? FindValue(string? value) => FindValue<ResourceType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ResourceType?(string? value) => FindValue(value);
}
