using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Blog.Content.Components;

/// <summary>Keeps a template from making texts that no memory holds: each value that it makes is bounded, as its steps are.</summary>
internal static class LiquidLimits
{
    private static readonly string[] Growing = ["append", "prepend", "replace", "replace_first", "replace_last", "join", "newline_to_br", "escape", "url_encode", "base64_encode", "json", "concat"];

    public static TemplateOptions Options(int steps)
    {
        var options = new TemplateOptions { MaxSteps = steps, MaxRecursion = 20 };
        options.Assigned = (_, value, _) => ValueTask.FromResult(Checked(value));
        options.Captured = (_, value, _) => ValueTask.FromResult(Checked(value));
        foreach (var name in Growing)
            if (options.Filters.TryGetValue(name, out var filter)) options.Filters.AddFilter(name, (input, arguments, context) => Run(filter, input, arguments, context));
        return options;
    }

    /// <summary>The template with ranges that are checked before they are made: Fluid makes <c>(1..1000000000)</c> a list of that length.</summary>
    public static IFluidTemplate Bound(IFluidTemplate template) => new RangeRewriter().VisitTemplate(template);

    private static async ValueTask<FluidValue> Run(FilterDelegate filter, FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        // What is replaced or joined may occur as often as the input is long.
        long size = LengthOf(input);
        for (var i = 0; i < arguments.Count; i++) size *= Math.Max(1, LengthOf(arguments.At(i)) / 100);
        if (size > 100L * LiquidComponent.MaxOutput) throw TooLong();
        return Checked(await filter(input, arguments, context));
    }

    private static FluidValue Checked(FluidValue value) => LengthOf(value) > LiquidComponent.MaxOutput ? throw TooLong() : value;

    private static int LengthOf(FluidValue value) => value switch
    {
        StringValue text => text.ToStringValue().Length,
        ArrayValue array => array.Values.Count,
        _ => 1,
    };

    private static InvalidOperationException TooLong() => new($"it made a text of more than {LiquidComponent.MaxOutput} characters");

    private sealed class RangeRewriter : AstRewriter
    {
        protected override Expression VisitRangeExpression(RangeExpression range) => new BoundedRange(range);
    }

    private sealed class BoundedRange(RangeExpression range) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var (from, to) = ((await range.From.EvaluateAsync(context)).ToNumberValue(), (await range.To.EvaluateAsync(context)).ToNumberValue());
            return to - from > context.MaxSteps ? throw new InvalidOperationException($"a range may have at most {context.MaxSteps} numbers") : await range.EvaluateAsync(context);
        }
    }
}
